package dev.waxwing.checks;

import java.nio.file.Path;

/**
 * A Java source file.
 *
 * @param module its folder, as the root pom names it
 * @param path relative to the root of the repository
 */
record SourceFile(String module, Kind kind, Path path, String text) {

    enum Kind {
        MAIN("src/main/java"),
        TEST("src/test/java");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        String folder() {
            return folder;
        }
    }

    boolean isMain() {
        return kind == Kind.MAIN;
    }

    /** Also the main code of the modules that are made for tests. */
    boolean isTestCode() {
        return kind == Kind.TEST || module.startsWith("testing");
    }

    /** Without comments and without the content of strings. */
    String code() {
        return JavaText.codeOf(text);
    }

    int lineCount() {
        return (int) text.lines().count();
    }
}
