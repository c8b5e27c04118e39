package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

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

    @Test
    void hostIsTheSameInOtherLettersAndWithItsPortSaidOrNot() {
        URI first = URI.create("https://shop.example/a");
        URI next = URI.create("HTTPS://Shop.Example:443/b");

        assertThat(Address.onSameHost(first, next)).isEqualTo(next);
        assertThatThrownBy(() -> Address.onSameHost(first, URI.create("http://shop.example/b")))
                .hasMessageContaining("leads to http://shop.example");
    }
}
