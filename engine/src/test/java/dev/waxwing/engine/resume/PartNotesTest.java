package dev.waxwing.engine.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PartNotesTest {

    @Test
    void namesOfAnyKindAreKept() {
        List<String> names = List.of("a", "with\nline", "with\\n", "\\", "b c");

        assertThat(PartNotes.parted(PartNotes.joined(names))).isEqualTo(names);
        assertThat(PartNotes.parted(PartNotes.joined(List.of()))).isEmpty();
    }
}
