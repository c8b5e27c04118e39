package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JavaTextTest {

    @Test
    void textBlockBecomesAnEmptyString() {
        assertThat(JavaText.codeOf("a(\"\"\"\n one \"two\" \\\"\"\" three\"\"\", \"x\");"))
                .isEqualTo("a(\"\", \"\");");
    }

    @Test
    void longTextBlockDoesNotOverflowTheStack() {
        String block = "\"\"\"\n" + "a line\n".repeat(10_000) + "\"\"\"";

        assertThat(JavaText.codeOf(block + ";")).isEqualTo("\"\";");
    }
}
