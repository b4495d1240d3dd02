package io.cacheport.benchmarks;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A Markdown table: the first column is text, the others are figures. */
public final class Table {

    private final StringBuilder out = new StringBuilder();
    private final int columns;

    /** A table without rows. */
    public Table(String... headers) {
        columns = headers.length;
        line(Arrays.asList(headers));
        out.append("|---").append("|---:".repeat(columns - 1)).append("|\n");
    }

    /** A row of as many cells as there are columns. */
    public Table row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns + " columns");
        }
        line(Arrays.asList(cells));
        return this;
    }

    /** A row that says in its last cell why there are no figures. */
    public Table none(String name, String why) {
        String[] cells = Collections.nCopies(columns, "-").toArray(String[]::new);
        cells[0] = name;
        cells[columns - 1] = why;
        return row(cells);
    }

    private void line(List<String> cells) {
        out.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
