package dev.waxwing.examples;

import java.util.Locale;

/** A drawing in the units of its data, as SVG. Confined to one thread. */
final class Picture {

    private static final int LEFT = 130;
    private static final int TOP = 20;

    private final StringBuilder svg = new StringBuilder();
    private final int width;
    private final int height;
    private final double unitsAcross;
    private final double unitsDown;

    /**
     * @param width of the drawing area, in pixels
     * @param unitsAcross how many units of the data it is wide
     */
    Picture(int width, int height, double unitsAcross, double unitsDown) {
        this.width = width;
        this.height = height;
        this.unitsAcross = unitsAcross;
        this.unitsDown = unitsDown;
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" style=\"%s\"/>",
                x(x1), y(y1), x(x2), y(y2), style);
    }

    void dot(double x, double y, String style) {
        add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" style=\"%s\"/>", x(x), y(y), style);
    }

    /** A bar as wide as its units, at least three pixels. */
    void bar(double from, double to, double y, String style) {
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"14\" rx=\"2\" style=\"%s\"/>",
                x(from), y(y) - 7, Math.max(3, x(to) - x(from)), style);
    }

    void text(double x, double y, String anchor, String text) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                x(x), y(y) + 4, anchor, text);
    }

    /** A text to the left of the drawing area. */
    void label(double y, String text) {
        add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 12, y(y) + 4, text);
    }

    /** The file, with a title for those who cannot see it. */
    String svg(String title) {
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" \
                font-family="sans-serif" font-size="12">
                <title>%s</title>
                <rect width="100%%" height="100%%" fill="white"/>
                %s</svg>
                """,
                LEFT + width + 20,
                TOP + height + 20,
                title,
                svg);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private double x(double units) {
        return LEFT + units * width / unitsAcross;
    }

    private double y(double units) {
        return TOP + units * height / unitsDown;
    }
}
