package io.cacheport.simulation;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How the calls of one run cache, and how its clients write: one policy, or two that share their keys, and of each kind of
 * write those that a seed has.
 */
final class Manner {

    static final String TAG = "everything";
    private static final String GENERATION = "generation:row:";

    final Duration ttl;

    /** Of a write in two phases. */
    final Duration hold;

    final boolean generation;
    final boolean timed;
    final boolean putsByVersion;
    final boolean puts;
    final boolean writesInTwoPhases;
    final boolean writesOnlySo;
    final boolean rests;

    /** How many loads fail beyond the plan's, in a million: a failure that is kept has to be told. */
    final int loadFails;

    private final List<CachePolicy> policies = new ArrayList<>();

    Manner(SplittableRandom random, Plan plan) {
        this.ttl = Duration.ofNanos(plan.ttlNanos());
        this.hold = Duration.ofMillis(random.nextBoolean() ? 2_000 : 30);
        this.putsByVersion = random.nextInt(4) == 0;
        this.puts = random.nextInt(8) == 0;
        this.writesInTwoPhases = random.nextInt(4) == 0;
        this.writesOnlySo = random.nextBoolean();
        this.rests = random.nextInt(2) != 0;
        boolean rich = random.nextInt(4) != 0;
        this.loadFails = random.nextInt(4) == 0 ? random.nextInt(400_000) : 0;
        int tagging = rich ? random.nextInt(8) : 0;
        this.generation = tagging == 1;
        this.timed = rich && random.nextInt(10) == 0;
        boolean mixed = rich && random.nextInt(5) == 0;
        if (rich) {
            policies.add(rich(random, tagging));
        }
        if (!rich || mixed) {
            policies.add(plain());
        }
    }

    private CachePolicy plain() {
        return CachePolicy.ttl(ttl).negativeTtl(ttl).jitter(0.5);
    }

    private CachePolicy rich(SplittableRandom random, int tagging) {
        CachePolicy policy = plain().jitter(random.nextInt(2) * 0.5);
        boolean stale = false;
        if (random.nextInt(2) == 0) {
            policy = policy.staleWhileRevalidate(some(random));
            stale = true;
        }
        if (timed || random.nextInt(2) == 0) {
            policy = policy.staleIfError(some(random));
            stale = true;
        }
        if (stale && random.nextInt(2) == 0) {
            policy = policy.retryAfter(some(random));
        }
        if (random.nextInt(3) == 0) {
            policy = random.nextInt(4) == 0 ? policy.earlyRefresh(1) : policy.earlyRefreshAt(0.5);
        }
        if (loadFails > 0) {
            policy = policy.errorTtl(some(random));
        }
        if (timed) {
            policy = policy.hardTimeout(Duration.ofMillis(1_000)).softTimeout(Duration.ofMillis(5));
        }
        return switch (tagging) {
            case 1 -> policy.tags(GENERATION);
            case 2 -> policy.tags(TAG);
            case 3 -> policy.loaderTags();
            case 4 -> policy.loaderTags().tags(TAG);
            default -> policy;
        };
    }

    private Duration some(SplittableRandom random) {
        return random.nextInt(4) == 0 ? Duration.ofMillis(20) : ttl.multipliedBy(1 + random.nextInt(8));
    }

    CachePolicy any(SplittableRandom random) {
        return policies.get(random.nextInt(policies.size()));
    }

    Cache<Integer, Row> view(Node node, CachePolicy policy) {
        Cache.Builder<Row> view = Cache.named("row", Row.class).policy(policy);
        return (isGenerationOf(policy) ? view.generation() : view).over(node);
    }

    boolean isGenerationOf(CachePolicy policy) {
        return generation && !policy.tags().isEmpty();
    }

    /** Whether a value may have tags that only its loader says. */
    static boolean hasLoaderTags(CachePolicy policy) {
        return policy.toString().contains("loaderTags");
    }

    /** The one that a loader says. */
    static String tagOf(String key) {
        return "kind:" + (key.charAt(key.length() - 1) - '0') % 2;
    }

    /** Those that values may have, and may be invalidated by. */
    List<String> tags() {
        List<String> tags = new ArrayList<>(policies.get(0).tags());
        if (hasLoaderTags(policies.get(0))) {
            tags.add("kind:0");
            tags.add("kind:1");
        }
        return tags;
    }

    /** The tags of every value there is, absence included. */
    List<String> tagsOfAll() {
        return policies.size() == 1 ? policies.get(0).tags() : List.of();
    }

    /** For how long after its TTL a value may be served at all. */
    long staleNanos() {
        return policies.stream()
                .mapToLong(one -> Math.max(
                        one.staleWhileRevalidate().toNanos(), one.staleIfError().toNanos()))
                .max()
                .orElse(0);
    }

    /** For how long without a load that has failed. */
    long revalidatedNanos() {
        return policies.get(0).staleWhileRevalidate().toNanos();
    }

    /** For how long a failure is kept. */
    long errorNanos() {
        Duration kept = policies.get(0).errorTtl();
        return kept == null ? 0 : kept.toNanos();
    }

    /** For how long nobody tries again after that. */
    long restNanos() {
        return policies.get(0).retryAfter().toNanos();
    }
}
