package dev.waxwing.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} shows: the version that the build has written, and the JVM's. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties version = new Properties();
        try (InputStream file = VersionText.class.getResourceAsStream("version.properties")) {
            if (file != null) {
                version.load(file);
            }
        }
        return new String[] {
            "waxwing " + version.getProperty("version", "of unknown version"),
            "Java " + Runtime.version()
        };
    }
}
