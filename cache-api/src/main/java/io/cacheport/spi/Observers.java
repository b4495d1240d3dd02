package io.cacheport.spi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several observers as one; what one of them throws reaches nobody. */
record Observers(List<CacheObserver> all) implements CacheObserver {

    private static final Logger log = LoggerFactory.getLogger(CacheObserver.class);
    private static final LogGate FAILURES = new LogGate(System::nanoTime);

    @Override
    public void ended(Activity activity, long nanos, @Nullable Throwable failure) {
        for (CacheObserver one : all) {
            try {
                one.ended(activity, nanos, failure);
            } catch (RuntimeException broken) {
                threw(broken);
            }
        }
    }

    @Override
    public @Nullable Span begins(Activity activity) {
        List<Span> begun = null;
        for (CacheObserver one : all) {
            try {
                Span span = one.begins(activity);
                if (span != null) {
                    begun = begun == null ? new ArrayList<>(1) : begun;
                    begun.add(span);
                }
            } catch (RuntimeException broken) {
                threw(broken);
            }
        }
        return begun == null ? null : new Spans(begun);
    }

    @Override
    public Runnable carried(Runnable task) {
        Runnable carried = task;
        for (CacheObserver one : all) {
            try {
                carried = one.carried(carried);
            } catch (RuntimeException broken) {
                threw(broken);
            }
        }
        return carried;
    }

    /** Ended in reverse, as scopes are. */
    private record Spans(List<Span> begun) implements Span {

        @Override
        public void end(@Nullable Throwable failure) {
            for (int i = begun.size() - 1; i >= 0; i--) {
                try {
                    begun.get(i).end(failure);
                } catch (RuntimeException broken) {
                    threw(broken);
                }
            }
        }
    }

    private static void threw(RuntimeException broken) {
        long failures = FAILURES.enter();
        if (failures > 0) {
            log.atWarn()
                    .addKeyValue("failures", failures)
                    .addKeyValue("exception", broken.getClass().getName())
                    .log("an observer of a cache threw; the call goes on");
        }
    }
}
