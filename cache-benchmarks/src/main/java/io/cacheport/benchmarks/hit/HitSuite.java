package io.cacheport.benchmarks.hit;

import io.cacheport.benchmarks.PartlyFailedException;
import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.testkit.server.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/**
 * One value, several calls; a table for each call.
 *
 * @param says what is to be known of it beside the figures
 * @param reference one of the peers, which runs once more after all others: what it differs from itself is noise
 */
record HitSuite(
        String name,
        String title,
        String says,
        Stored stored,
        String reference,
        List<String> peers,
        List<Scene> scenes,
        boolean isPartOfAll)
        implements Suite {

    @Override
    public String run(RunSettings settings) throws PartlyFailedException {
        StringBuilder out = new StringBuilder(says).append('\n');
        boolean ok;
        if (scenes.stream().anyMatch(scene -> scene.place().hasRedis())) {
            try (RedisServer server = RedisServer.start()) {
                ok = run(settings, server.uri(), out);
            }
        } else {
            ok = run(settings, "", out);
        }
        if (!ok) {
            throw new PartlyFailedException(out.toString());
        }
        return out.toString();
    }

    /** Whether all could be measured. */
    private boolean run(RunSettings settings, String uri, StringBuilder out) {
        boolean ok = true;
        for (Scene scene : scenes) {
            out.append("\n### ").append(scene.heading()).append("\n\n");
            if (scene.virtual() && settings.virtualThreadsJava() == null) {
                out.append("Not run: there is no JDK 21 or later; --virtual-threads-java names one.\n");
            } else {
                // a quick one shows that JVMs can be started; that all work is shown by the others
                List<String> quick = List.of(reference);
                HitTable table = table(
                        scene,
                        settings.quick() && scene.virtual() ? quick : peers,
                        new Fork(stored, scene, uri, settings));
                out.append(table);
                ok &= table.isComplete();
            }
        }
        return ok;
    }

    private HitTable table(Scene scene, List<String> compared, Fork fork) {
        List<String> rows = new ArrayList<>(compared);
        rows.add(reference);
        HitTable table = new HitTable(reference);
        for (int i = 0; i < rows.size(); i++) {
            String peer = rows.get(i);
            String row = i < compared.size() ? peer : peer + "-again";
            String result;
            try {
                Measured measured = fork.measure(peer);
                table.add(row, measured);
                result = String.format(Locale.ROOT, "%,.0f calls/s", measured.perSecond());
            } catch (RunnerException failure) {
                result = "failed: " + innermost(failure);
                table.failed(row, result);
            }
            System.err.printf("  %s, %s: %s %s%n", name, scene.heading(), row, result);
        }
        return table;
    }

    /** What went wrong in the fork. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null || cause.getSuppressed().length > 0) {
            cause = cause.getCause() != null ? cause.getCause() : cause.getSuppressed()[0];
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + " ("
                + cause.getClass().getSimpleName() + ")";
    }
}
