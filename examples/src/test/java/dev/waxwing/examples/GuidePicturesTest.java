package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.examples.EarthquakeWindows.Row;
import dev.waxwing.examples.EarthquakeWindows.Shock;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.testing.TestRun;
import dev.waxwing.testing.TestSink;
import dev.waxwing.windowing.ClockLogic;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.Windower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures of the guide are what runs over the shipped file give. With {@code
 * -Dwaxwing.draw=true} they are drawn anew.
 */
final class GuidePicturesTest {

    private static final Path PICTURES = Path.of("..", "docs", "guide", "pictures");
    private static final String REGION = "Hawaii";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String GREY = "stroke:#bbb;stroke-width:1";
    private static final String TIME = "stroke:#d95f02;stroke-width:2";
    private static final String IN_TIME = "fill:#1f78b4";
    private static final String LATE = "fill:white;stroke:#1f78b4;stroke-width:2";
    private static final String BAR = "fill:#a6cee3;stroke:#1f78b4";

    @TempDir private Path directory;

    private Path geoJson;
    private Instant begin;

    /** A shock and the region's watermark after it. */
    private record Moment(Shock shock, long watermark, boolean late) {

        Moment withLate(boolean isLate) {
            return new Moment(shock, watermark, isLate);
        }
    }

    @BeforeEach
    void copiesTheShippedFile() throws IOException {
        geoJson = ShippedFile.copy("earthquakes.geojson", directory.resolve("earthquakes.geojson"));
        begin = Instant.parse("2024-10-27T00:00:00Z");
    }

    @Test
    void watermarkOfARegion() throws IOException {
        expectDrawn("watermark.svg", drawWatermark(moments()));
    }

    @Test
    void windowsOfARegion() throws IOException {
        var moments = moments();
        var picture = new Picture(600, 260, 48, 13);
        axis(picture, 0, 11.6);
        picture.label(0.5, "shocks");
        moments.forEach(m -> picture.dot(hours(m.shock().at()), 0.5, m.late() ? LATE : IN_TIME));
        draw(picture, "an hour", 2, 1, rows(TumblingWindower.of(HOUR)));
        draw(
                picture,
                "six hours, each hour",
                3.5,
                6,
                rows(SlidingWindower.of(HOUR.multipliedBy(6), HOUR)));
        draw(
                picture,
                "gap of three hours",
                10.5,
                1,
                rows(SessionWindower.of(HOUR.multipliedBy(3))));
        expectDrawn(
                "windows.svg",
                picture.svg("Tumbling, sliding and session windows of the shocks of Hawaii"));
    }

    private String drawWatermark(List<Moment> moments) {
        var picture = new Picture(600, 300, moments.size() + 1, 48);
        for (var hour = 0; hour <= 48; hour += 6) {
            picture.line(0, 48 - hour, moments.size() + 1, 48 - hour, GREY);
            picture.label(48 - hour, clockTime(hour));
        }
        for (var i = 0; i < moments.size(); i++) {
            var moment = moments.get(i);
            var watermark = 48 - hours(Micros.toInstant(moment.watermark()));
            picture.line(i + 1, watermark, i + 2, watermark, TIME);
            if (i > 0) {
                var before = 48 - hours(Micros.toInstant(moments.get(i - 1).watermark()));
                picture.line(i + 1, before, i + 1, watermark, TIME);
            }
        }
        for (var i = 0; i < moments.size(); i++) {
            var moment = moments.get(i);
            picture.dot(i + 1, 48 - hours(moment.shock().at()), moment.late() ? LATE : IN_TIME);
        }
        return picture.svg(
                "Shocks of Hawaii in the order in which they are told of, and the watermark");
    }

    private static void axis(Picture picture, double top, double bottom) {
        for (var hour = 0; hour <= 48; hour += 6) {
            picture.line(hour, top, hour, bottom, GREY);
            picture.text(hour, bottom + 0.6, "middle", clockTime(hour));
        }
    }

    private void draw(Picture picture, String name, double top, int height, List<Row> rows) {
        picture.label(top + (height - 1) / 2.0, name);
        for (var row : rows) {
            var from = hours(row.from());
            var line = height == 1 ? top : top + Math.floorMod((int) from, height);
            picture.bar(from, hours(row.to()), line, BAR);
            picture.text(hours(row.to()) + 0.2, line, "start", Long.toString(row.count()));
        }
    }

    private List<Row> rows(Windower<?> windower) {
        var flow = Dataflow.named("pictures");
        var rows = new TestSink<Row>();
        EarthquakeWindows.count("windows", shocks(flow), clock(), windower)
                .down()
                .map("row", Row::of)
                .output("rows", rows);
        TestRun.of(flow).run();
        return rows.committed().stream().sorted(Comparator.comparing(Row::from)).toList();
    }

    private List<Moment> moments() {
        var flow = Dataflow.named("pictures");
        var moments = new TestSink<Moment>();
        var late = new TestSink<Shock>();
        var shocks = shocks(flow);
        shocks.stateful("clock", Observer::new).output("moments", moments);
        EarthquakeWindows.count("windows", shocks, clock(), TumblingWindower.of(HOUR))
                .late()
                .mapValue("late-shock", LateValue::value)
                .output("late-shocks", late);
        TestRun.of(flow).run();
        return moments.committed().stream()
                .map(m -> m.withLate(late.committed().contains(m.shock())))
                .toList();
    }

    private KeyedStream<String, Shock> shocks(Dataflow flow) {
        return EarthquakeWindows.shocks(flow, geoJson)
                .filterValue("region", shock -> shock.region().equals(REGION));
    }

    private static EventClock<Shock> clock() {
        return EventClock.of(Shock::at, HOUR).withoutIdleAdvance();
    }

    private double hours(Instant at) {
        return Duration.between(begin, at).toMillis() / 3_600_000.0;
    }

    private static String clockTime(int hour) {
        return "%02d:00".formatted(hour % 24);
    }

    private static void expectDrawn(String name, String svg) throws IOException {
        var file = PICTURES.resolve(name);
        if (Boolean.getBoolean("waxwing.draw")) {
            Files.createDirectories(PICTURES);
            Files.writeString(file, svg);
        }
        assertThat(file).content().isEqualTo(svg);
    }

    /** Looks at the clock after each shock. */
    private static final class Observer implements StatefulLogic<Shock, Moment, Long> {

        private final ClockLogic<Shock, Long> clock;

        Observer(LogicContext<String> context, @Nullable Long resumeState) {
            this.clock = clock().build(context, resumeState);
        }

        @Override
        public Retain onItem(Shock shock, Outputs<? super Moment> out) throws Exception {
            clock.onItem(shock);
            out.emit(new Moment(shock, clock.watermark(), false));
            return Retain.KEEP;
        }

        @Override
        public Long snapshot() {
            return clock.snapshot();
        }
    }
}
