package dev.waxwing.jdbc;

import java.util.Locale;
import java.util.TimeZone;

/** The JVM's time zone and locale, which are put back at the close. */
final class Defaults implements AutoCloseable {

    private final TimeZone zone = TimeZone.getDefault();
    private final Locale locale = Locale.getDefault();

    private Defaults() {}

    static Defaults of(String zone, Locale locale) {
        Defaults before = new Defaults();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        Locale.setDefault(locale);
        return before;
    }

    static Defaults of(String zone) {
        return of(zone, Locale.getDefault());
    }

    @Override
    public void close() {
        TimeZone.setDefault(zone);
        Locale.setDefault(locale);
    }
}
