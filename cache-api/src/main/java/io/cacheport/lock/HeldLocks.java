package io.cacheport.lock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several locks that were got together. Each has its own fencing number and its own end; they are let go together.
 * Thread-safe.
 *
 * @since 0.1
 */
public final class HeldLocks implements AutoCloseable {

    private final List<HeldLock> all;

    HeldLocks(List<HeldLock> all) {
        this.all = List.copyOf(all);
    }

    /** Each of them, in the order in which they were taken. */
    public List<HeldLock> all() {
        return all;
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public HeldLock get(String name) {
        return all.stream()
                .filter(lock -> lock.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("lock name \"" + name + "\" is none of these"));
    }

    /** Whether each is held; see {@link HeldLock#isHeld}. */
    public boolean areHeld() {
        return all.stream().allMatch(HeldLock::isHeld);
    }

    /** Lets each go, the last taken first; what that came to, by name. One round trip each. */
    public Map<String, HeldLock.Release> release() {
        Map<String, HeldLock.Release> done = new LinkedHashMap<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            done.put(all.get(i).name(), all.get(i).release());
        }
        return done;
    }

    /** {@link #release}, whatever it comes to; never throws. */
    @Override
    public void close() {
        release();
    }

    @Override
    public String toString() {
        return "HeldLocks" + all;
    }
}
