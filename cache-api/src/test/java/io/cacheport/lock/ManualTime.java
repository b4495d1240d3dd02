package io.cacheport.lock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Time that a test moves; what is due runs on the thread that moves it. */
final class ManualTime implements LockTime {

    private record Task(long at, Runnable code, CompletableFuture<Void> cancelled) {}

    final List<Long> pauses = new ArrayList<>();
    double chance = 0.5;
    private final List<Task> tasks = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1_000; // which soon overflows, as a monotonic clock may

    @Override
    public long nanoTime() {
        return now;
    }

    /** What is due in between runs at its time. */
    void pass(long nanos) {
        long end = now + nanos;
        while (true) {
            Task next = tasks.stream()
                    .filter(task -> !task.cancelled().isCancelled() && task.at() - end <= 0)
                    .min(Comparator.comparing(task -> task.at() - end))
                    .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            tasks.remove(next);
            now = next.at() - now > 0 ? next.at() : now;
            next.code().run();
        }
    }

    /** As when the process stands still: nothing runs meanwhile. */
    void standStill(long nanos) {
        now += nanos;
    }

    long waiting() {
        return tasks.stream().filter(task -> !task.cancelled().isCancelled()).count();
    }

    @Override
    public void pause(long nanos) {
        pauses.add(nanos);
        pass(nanos);
    }

    @Override
    public double random() {
        return chance;
    }

    @Override
    public Future<?> after(long nanos, Runnable quick) {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        tasks.add(new Task(now + nanos, quick, cancelled));
        return cancelled;
    }

    @Override
    public void ask(Runnable request) {
        request.run();
    }

    @Override
    public void call(Runnable callback) {
        callback.run();
    }
}
