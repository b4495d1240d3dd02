package io.cacheport.simulation;

import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.LoadContext;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a loader tells of the value it gives. */
final class Telling {

    private final World world;
    private final CachePolicy policy;
    private final SplittableRandom random;

    Telling(World world, CachePolicy policy) {
        this.world = world;
        this.policy = policy;
        this.random = world.scheduler.random();
    }

    @Nullable
    Row tagged(@Nullable Row row) {
        if (row != null) {
            row.tags = policy.tags();
        }
        return row;
    }

    @Nullable
    Row inContext(String key, @Nullable Row row, LoadContext<@Nullable Row> context) {
        if (Manner.hasLoaderTags(policy)) {
            String tag = Manner.tagOf(key);
            context.tags(tag);
            if (row != null) {
                row.tags = Stream.concat(row.tags.stream(), Stream.of(tag)).toList();
            }
        }
        if (random.nextInt(4) == 0) {
            context.ttl(world.manner.ttl.dividedBy(2));
        }
        if (random.nextInt(16) == 0) {
            context.doNotStore();
            return row;
        }
        if (row == null) {
            return null;
        }
        Row previous = context.previous();
        if (previous != null && previous.version == row.version && random.nextBoolean()) {
            world.scheduler.note("not modified:", previous);
            previous.confirmedAtNanos = world.scheduler.now();
            return context.notModified();
        }
        if (random.nextBoolean()) {
            context.version(row.version);
        }
        return row;
    }
}
