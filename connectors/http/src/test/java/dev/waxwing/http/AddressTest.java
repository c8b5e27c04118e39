package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

    @Test
    void hostThatTheJdkDoesNotTakeIsNamed() {
        assertThatThrownBy(() -> Address.checked(URI.create("http://order_service:8080/orders")))
                .hasMessageContaining("'order_service:8080'")
                .hasMessageContaining("no underscore");
        assertThatThrownBy(() -> Address.checked(URI.create("http://u:pw@b\u00fccher.example/")))
                .hasMessageContaining("'b\u00fccher.example'")
                .hasMessageContaining("IDN")
                .hasMessageNotContaining("pw");
        assertThatThrownBy(() -> Address.checked(URI.create("http:///orders")))
                .hasMessageContaining("must name a host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-.example", "-a.example", "a..b", "999.1.1.1", "1.2.3"})
    void rulesOfNamesAreTold(String host) {
        assertThatThrownBy(() -> Address.checked(URI.create("http://" + host + "/")))
                .hasMessageContaining("'" + host + "'")
                .hasMessageContaining("no hyphen beside a dot, and letters first behind the last");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536, 99_999})
    void portThatNoServerCanHaveIsRefused(int port) {
        assertThatThrownBy(() -> Address.checked(URI.create("http://shop.example:" + port + "/a")))
                .hasMessageContaining("http://shop.example:" + port + " has a port that no server")
                .hasMessageContaining("from 1 to 65535");
    }

    @Test
    void nameThatIsTooLongForAHostIsRefused() {
        String longest = "a".repeat(63);
        String name = longest + "." + longest + "." + longest + "." + longest.substring(2);

        assertThat(Address.checked(URI.create("http://" + name + "/"))).hasHost(name);
        assertThat(Address.checked(URI.create("http://" + name + "./"))).hasHost(name + ".");
        assertThat(Address.checked(URI.create("http://[::1]:65535/"))).hasPort(65_535);
        assertThatThrownBy(() -> Address.checked(URI.create("http://a" + longest + ".example/")))
                .hasMessageContaining("no host can have the name 'aaaa")
                .hasMessageContaining("up to 63 between two dots");
        assertThatThrownBy(() -> Address.checked(URI.create("http://a" + name + "/")))
                .hasMessageContaining("up to 253 characters");
    }

    @Test
    void hostIsTheSameInOtherLettersAndWithItsPortSaidOrNot() {
        URI first = URI.create("https://shop.example/a");
        URI next = URI.create("HTTPS://Shop.Example:443/b");

        assertThat(Address.onSameHost(first, next)).isEqualTo(next);
        assertThatThrownBy(() -> Address.onSameHost(first, URI.create("http://shop.example/b")))
                .hasMessageContaining("leads to http://shop.example");
    }
}
