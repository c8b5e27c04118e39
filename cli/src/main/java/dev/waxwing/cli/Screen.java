package dev.waxwing.cli;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody looks at an output of the process, and how wide the window is.
 *
 * <p>Asks the system when first asked, which may load a native library.
 */
abstract class Screen {

    /** A file or a pipe. */
    static final Screen NONE = fixed(0);

    static final Screen OUT = new SystemScreen(SystemStream.Output);
    static final Screen ERR = new SystemScreen(SystemStream.Error);

    private Screen() {}

    /** A terminal of so many columns; none if there are 0. */
    static Screen fixed(int columns) {
        return new Screen() {
            @Override
            int columns() {
                return columns;
            }
        };
    }

    /** Characters in a line; 0 if this is no terminal. */
    abstract int columns();

    boolean isTerminal() {
        return columns() > 0;
    }

    private static final class SystemScreen extends Screen {

        private static final int COLUMNS_IF_UNKNOWN = 80;

        private final SystemStream stream;
        private final @Nullable TerminalProvider provider = provider();

        SystemScreen(SystemStream stream) {
            this.stream = stream;
        }

        @Override
        int columns() {
            if (provider == null || !provider.isSystemStream(stream)) {
                return 0;
            }
            int columns = provider.systemStreamWidth(stream);
            return columns > 0 ? columns : COLUMNS_IF_UNKNOWN;
        }

        private static @Nullable TerminalProvider provider() {
            try {
                return TerminalProvider.load("jni");
            } catch (IOException | LinkageError noTerminalsHere) {
                return null;
            }
        }
    }
}
