package io.cacheport.benchmarks.growth;

import java.util.List;
import java.util.Locale;

/** A picture in the making, on white so that it can be read on a dark page. */
final class Svg {

    static final int WIDTH = 640;
    static final int HEIGHT = 360;

    /** Of Okabe and Ito, to be told apart by anybody. */
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9");

    private final StringBuilder out = new StringBuilder();

    Svg(String title) {
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#222\">%n<title>%s</title>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                escaped(title)));
        add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, HEIGHT);
        add("<text x=\"%d\" y=\"22\" text-anchor=\"middle\" font-size=\"15\">%s</text>", WIDTH / 2, escaped(title));
    }

    static String colour(int line) {
        return COLOURS.get(line % COLOURS.size());
    }

    void text(double x, double y, String anchor, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(text));
    }

    /** Upwards. */
    void textAlong(double x, double y, String text) {
        add(
                "<text transform=\"translate(%.1f %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                x, y, escaped(text));
    }

    void line(double fromX, double fromY, double toX, double toY, String colour) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>", fromX, fromY, toX, toY, colour);
    }

    void box(double x, double y, double width, double height, String colour) {
        add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", x, y, width, height, colour);
    }

    void dot(double x, double y, String colour) {
        add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, y, colour);
    }

    /** Places as {@code x,y x,y}. */
    void path(String places, String colour) {
        add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", places, colour);
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out + "</svg>\n";
    }
}
