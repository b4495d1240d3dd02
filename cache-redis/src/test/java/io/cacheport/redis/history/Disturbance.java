package io.cacheport.redis.history;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the parent of a history does to it, while the JVMs are at work. */
enum Disturbance {
    /** Of all clients. */
    CONNECTIONS_KILLED {
        @Override
        void happen(History history) {
            history.admin().call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }
    },

    /** Redis is killed and comes back with nothing in it. */
    REDIS_RESTARTED {
        @Override
        void happen(History history) {
            history.restartRedis();
        }
    },

    /** Writes wait for longer than a command may take, and are then made. */
    WRITES_PAUSED {
        @Override
        void happen(History history) {
            history.admin().call("CLIENT", "PAUSE", "400", "WRITE");
        }
    },

    EVERYTHING_PAUSED {
        @Override
        void happen(History history) {
            history.admin().call("CLIENT", "PAUSE", "400", "ALL");
        }
    },

    /** Connections stay, and nothing is answered. */
    REDIS_STOPPED {
        @Override
        void happen(History history) {
            history.stopRedis(() -> pass(500));
        }
    },

    /** For longer than a lease lives; then its loads go on as if nothing had been. */
    JVM_STOPPED {
        @Override
        void happen(History history) {
            history.stopJvm(() -> pass(2_500));
        }
    },

    /** And another takes its place. */
    JVM_KILLED {
        @Override
        void happen(History history) throws Exception {
            history.replaceJvm();
        }
    };

    abstract void happen(History history) throws Exception;

    /** Time itself is what is waited for. */
    private static void pass(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
