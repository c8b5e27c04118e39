package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resolution of references, by the examples of RFC 3986, 5.4. */
final class ReferencesTest {

    private static final URI BASE = URI.create("http://a/b/c/d;p?q");

    @ParameterizedTest
    @CsvSource({
        "g:h, ", // has no host
        "g, /b/c/g",
        "./g, /b/c/g",
        "g/, /b/c/g/",
        "/g, /g",
        "?y, /b/c/d;p?y",
        "g?y, /b/c/g?y",
        "#s, /b/c/d;p?q",
        "g#s, /b/c/g",
        "g?y#s, /b/c/g?y",
        ";x, /b/c/;x",
        "g;x, /b/c/g;x",
        "'', /b/c/d;p?q",
        "., /b/c/",
        "./, /b/c/",
        ".., /b/",
        "../, /b/",
        "../g, /b/g",
        "../.., /",
        "../../, /",
        "../../g, /g",
        "../../../g, /g",
        "../../../../g, /g",
        "/./g, /g",
        "/../g, /g",
        "g., /b/c/g.",
        ".g, /b/c/.g",
        "g.., /b/c/g..",
        "..g, /b/c/..g",
        "./../g, /b/g",
        "./g/., /b/c/g/",
        "g/./h, /b/c/g/h",
        "g/../h, /b/c/h",
        "g;x=1/./y, /b/c/g;x=1/y",
        "g;x=1/../y, /b/c/y",
        "g?y/./x, /b/c/g?y/./x",
        "g?y/../x, /b/c/g?y/../x",
        "%2e%2E/g, /b/g"
    })
    void referenceLeadsWhereTheStandardSays(String reference, String pathAndQuery) {
        if (pathAndQuery == null) {
            assertThatThrownBy(() -> References.resolve(BASE, reference))
                    .hasMessageContaining("names no host");
        } else {
            assertThat(References.resolve(BASE, reference))
                    .isEqualTo(URI.create("http://a" + pathAndQuery));
        }
    }

    @Test
    void referenceWithAHostLeadsThere() {
        assertThat(References.resolve(BASE, "//g")).isEqualTo(URI.create("http://g/"));
        assertThat(References.resolve(BASE, "https://g:1/x?y"))
                .isEqualTo(URI.create("https://g:1/x?y"));
    }

    @ParameterizedTest
    @CsvSource({
        "/i?page[after]=2, /i?page%5Bafter%5D=2",
        "/i?after=a|b c, /i?after=a%7Cb%20c",
        "/i?after=é🚀, /i?after=%C3%A9%F0%9F%9A%80",
        "/i?a=%C3%A9&b=100%, /i?a=%C3%A9&b=100%25",
        "/a b/\"c\"?d=<e>, /a%20b/%22c%22?d=%3Ce%3E",
        "'  /i?x=1  ', /i?x=1",
        "2026-01-01T10:00, /b/c/2026-01-01T10:00"
    })
    void charactersThatAnAddressDoesNotTakeAreEncoded(String reference, String pathAndQuery) {
        assertThat(References.resolve(BASE, reference).toString())
                .isEqualTo("http://a" + pathAndQuery);
    }

    @Test
    void pathOfAnAddressWithoutOneIsItsRoot() {
        URI bare = URI.create("http://a");

        assertThat(References.resolve(bare, "?y")).isEqualTo(URI.create("http://a/?y"));
        assertThat(References.resolve(bare, "g")).isEqualTo(URI.create("http://a/g"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/b/c?d=e", "/", "/x%20y?z=%5B", "//g/x?y", "///", "/a//b"})
    void pathAndQueryLeadToTheSameAddress(String pathAndQuery) {
        URI address = URI.create("http://a" + pathAndQuery);

        assertThat(References.resolve(BASE, References.pathAndQuery(address))).isEqualTo(address);
    }

    @Test
    void unpairedSurrogateIsRefusedAndNotReplaced() {
        assertThatThrownBy(() -> References.resolve(BASE, "/i?x=\uD800"))
                .hasMessageContaining("unpaired surrogate at character 2");
    }
}
