package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

final class MarkdownLinksTest {

    private final Repository repository = Repository.find();
    private final Path readme = repository.root().resolve("README.md");

    @Test
    void linksLeadToFiles() {
        var broken =
                repository.markdownFiles().stream()
                        .flatMap(
                                file -> MarkdownLinks.broken(file, Repository.read(file)).stream());

        assertThat(broken).isEmpty();
    }

    @Test
    void linkToNothingIsFound() {
        assertThat(MarkdownLinks.broken(readme, "See [a](pom.xml) and [b](no/such.md#part)."))
                .singleElement()
                .asString()
                .contains("'no/such.md#part'");
    }

    @Test
    void linksOutAndLinksInCodeAreLeftAlone() {
        var text = "[a](https://example.org/a) [b](#part) `[c](d)`\n```\n[e](f)\n```\n";

        assertThat(MarkdownLinks.broken(readme, text)).isEmpty();
    }
}
