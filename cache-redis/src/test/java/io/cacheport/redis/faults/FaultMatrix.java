package io.cacheport.redis.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/** The rows of this JVM, by number. */
final class FaultMatrix {

    /** The list of faults has this many. */
    static final int ROWS = 83;

    private static final Map<Integer, Row> rows = new ConcurrentSkipListMap<>();

    private FaultMatrix() {}

    /** The row of that number, under the fault's name; the same for each test that asks for it. */
    static Row row(int number, String fault) {
        return row(number).fault(fault);
    }

    static Row row(int number) {
        if (number < 1 || number > ROWS) {
            throw new IllegalArgumentException("row " + number + " is not one of 1 to " + ROWS);
        }
        return rows.computeIfAbsent(number, Row::new);
    }

    /** A row that is not shown here, and why; all of them are named in {@link LeftOut}. */
    static void leftOut(int number, String fault, String why) {
        row(number, fault).leftOut(why);
    }

    /** In the order of their numbers. */
    static List<Row> rows() {
        LeftOut.list();
        return List.copyOf(rows.values());
    }

    /** Rows that no test of this JVM was about and that were not left out on purpose. */
    static List<Integer> missing() {
        List<Integer> there = rows().stream().map(Row::number).toList();
        return IntStream.rangeClosed(1, ROWS)
                .filter(number -> !there.contains(number))
                .boxed()
                .toList();
    }
}
