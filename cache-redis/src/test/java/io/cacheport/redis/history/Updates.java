package io.cacheport.redis.history;

import io.cacheport.redis.history.Events.What;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What one JVM removes after it has changed the source, and from when on which readers are held to it. */
final class Updates {

    private final Checks checks;
    private final Board board;
    private final int seat;

    /** A removal that Redis may not have heard of. */
    private record Kept(Key key, long version) {}

    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();

    Updates(Checks checks) {
        this.checks = checks;
        this.board = checks.board;
        this.seat = checks.seat;
    }

    /** What came of a removal. */
    enum Removal {
        /** Redis has removed the keys. */
        ACKNOWLEDGED,
        /** This library has, or will have, Redis remove them. */
        KEPT,
        /** Somebody else was to, and it is not known whether. */
        UNKNOWN
    }

    /** Raises the version of each key, removes it, and if that was acknowledged holds all readers to it. */
    void update(List<Key> keys, Callable<Removal> removal) {
        Caller me = checks.caller();
        long[] versions = new long[keys.size()];
        long[] events = new long[keys.size()];
        for (int i = 0; i < versions.length; i++) {
            Key key = keys.get(i);
            versions[i] = board.source.update(key);
            board.source.removing(seat, key);
            events[i] = board.events.begin(key, me.thread, What.REMOVE, versions[i]);
        }
        Removal outcome = checks.call(keys, false, removal);
        for (int i = 0; i < versions.length; i++) {
            Key key = keys.get(i);
            if (outcome == Removal.KEPT) {
                long version = versions[i];
                checks.removedHere(key, version);
                kept.add(new Kept(key, version));
                board.count(seat, Count.KEPT, 1);
            } else {
                if (outcome == Removal.ACKNOWLEDGED) {
                    board.source.acknowledged(key, versions[i]);
                }
                board.source.removed(seat, key);
                board.count(seat, outcome == Removal.ACKNOWLEDGED ? Count.REMOVALS : Count.UNKNOWN, 1);
            }
            What what = outcome == Removal.ACKNOWLEDGED ? What.REMOVE : What.REMOVE_KEPT;
            board.events.end(key, events[i], me.thread, what, versions[i]);
        }
    }

    /** What was kept and has been made since holds for all readers from now on; whether nothing is left. */
    boolean settleKept(Subject subject) {
        if (kept.isEmpty()) {
            return true;
        }
        List<Kept> before = List.copyOf(kept); // what is added after this may be younger than the answer
        if (subject.kept() == 0) {
            for (Kept one : before) {
                if (kept.remove(one)) { // or another thread has
                    board.source.acknowledged(one.key, one.version);
                    board.source.removed(seat, one.key);
                }
            }
        }
        return kept.isEmpty();
    }

    void lost() {
        kept.forEach(one -> checks.violation(Violation.LOST, one.key, "version " + one.version));
    }
}
