package io.cacheport.redis.history;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of a history. */
record Report(
        Map<Count, Long> counts,
        Map<Violation, Long> violations,
        Map<Disturbance, Integer> disturbances,
        List<String> excerpts,
        Duration time) {

    static Report of(Board board, Map<Disturbance, Integer> disturbances, List<String> excerpts, Duration time) {
        Map<Count, Long> counts = new EnumMap<>(Count.class);
        for (Count one : Count.values()) {
            counts.put(one, board.total(one));
        }
        Map<Violation, Long> violations = new EnumMap<>(Violation.class);
        for (Violation one : Violation.values()) {
            if (board.total(one) > 0) {
                violations.put(one, board.total(one));
            }
        }
        return new Report(counts, violations, disturbances, excerpts, time);
    }

    long count(Count what) {
        return counts.getOrDefault(what, 0L);
    }

    long count(Violation what) {
        return violations.getOrDefault(what, 0L);
    }

    double hitRatio() {
        return 1 - (double) count(Count.LOADS) / count(Count.VALUES);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("history of " + Source.SEATS + " JVMs, " + time.toMillis() + " ms: ");
        counts.forEach((what, count) -> text.append(what == Count.LONGEST_NANOS ? "LONGEST_MILLIS" : what)
                .append(' ')
                .append(what == Count.LONGEST_NANOS ? count / 1_000_000 : count)
                .append(", "));
        text.append(disturbances).append(", violations ").append(violations);
        excerpts.stream()
                .limit(200)
                .forEach(line -> text.append(System.lineSeparator()).append(line));
        return text.toString();
    }
}
