package io.cacheport.examples.catalog.tryit;

import io.cacheport.examples.dashboard.Controls;
import io.cacheport.testkit.server.RedisServer;
import org.jspecify.annotations.Nullable;

/** The page's buttons: they kill no Redis but the example's own. */
final class ServeControls implements Controls {

    private static final String NOT_OURS =
            "The cache was chosen by the environment. This page kills no Redis but the one it has started itself.";

    private final @Nullable RedisServer bundled;
    private final SteadyVisitors visitors;

    ServeControls(@Nullable RedisServer bundled, SteadyVisitors visitors) {
        this.bundled = bundled;
        this.visitors = visitors;
    }

    @Override
    public @Nullable String whyNotKillable() {
        return bundled == null ? NOT_OURS : null;
    }

    @Override
    public boolean isRedisAlive() {
        return bundled == null || bundled.isAlive();
    }

    @Override
    public void killRedis() {
        if (bundled != null) {
            bundled.kill();
        }
    }

    @Override
    public void restartRedis() {
        if (bundled != null) {
            bundled.restart();
        }
    }

    @Override
    public boolean hasVisitors() {
        return visitors.areThere();
    }

    @Override
    public void letVisitorsCome(boolean come) {
        if (come) {
            visitors.start();
        } else {
            visitors.stop();
        }
    }
}
