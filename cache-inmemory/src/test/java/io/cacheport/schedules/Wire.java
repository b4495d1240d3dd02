package io.cacheport.schedules;

import io.cacheport.tiered.Proof;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection: what the server has sent over it and has not arrived yet, in order; and what it tracks for it. */
final class Wire {

    Proof proof;
    final Set<String> tracked = new HashSet<>();
    private final Deque<Runnable> sent = new ArrayDeque<>();
    boolean alive = true;
    boolean tracking;
    boolean armed;

    Wire(Proof proof) {
        this.proof = proof;
    }

    void send(Runnable arrival) {
        if (alive) {
            sent.add(arrival);
        }
    }

    boolean arrive() {
        @Nullable Runnable next = sent.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    void cut() {
        alive = false;
        armed = false;
        sent.clear();
    }
}
