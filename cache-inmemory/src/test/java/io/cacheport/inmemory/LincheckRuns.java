package io.cacheport.inmemory;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheport.spi.StatsCounter;
import java.util.function.LongSupplier;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How much the Lincheck tests try. Many short scenarios find more than a few long ones: what can go wrong here goes wrong
 * between two calls, given the right two. The scenarios are drawn from a fixed seed, so a build is as red as the last.
 *
 * <p>Model checking switches threads around every call of Caffeine but not inside one: Caffeine has such tests of its own,
 * and what is ours is what happens between its calls. It assumes sequential consistency, which the stress runs of the full
 * profile do not, and they run through Caffeine as it is.
 */
final class LincheckRuns {

    private static final boolean FULL = Boolean.getBoolean("cacheport.full");

    private LincheckRuns() {}

    static ModelCheckingOptions modelChecking(int iterations) {
        return new ModelCheckingOptions()
                .iterations(FULL ? 4 * iterations : iterations)
                .invocationsPerIteration(FULL ? 200 : 30)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(1)
                .addGuarantee(
                        ManagedStrategyGuaranteeKt.forClasses(name -> name.startsWith("com.github.benmanes.caffeine."))
                                .allMethods()
                                .treatAsAtomic())
                // it starts a thread that no scenario waits for, and a renewal changes nothing but a deadline
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses("io.cacheport.aside.LeaseRenewal")
                        .allMethods()
                        .ignore())
                // only saves time: no state, or none that an operation answers
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                "io.cacheport.inmemory.LincheckRuns",
                                "io.cacheport.spi.CacheKeys",
                                "io.cacheport.spi.CacheTtl",
                                "io.cacheport.spi.StatsCounter",
                                "io.cacheport.aside.CachePolicy",
                                "io.cacheport.TypeRef",
                                "io.cacheport.Glob")
                        .allMethods()
                        .ignore());
    }

    static StressOptions stress() {
        return new StressOptions()
                .iterations(30)
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1);
    }

    /** As built by default, but with no part in the housekeeper's thread, which would go on between two runs. */
    static InMemoryCacheAdapter adapter(LongSupplier nanoTime) {
        return new InMemoryCacheAdapter(
                new Store(
                        Caffeine.newBuilder()
                                .executor(Runnable::run)
                                .maximumSize(InMemoryCacheBuilder.DEFAULT_ENTRIES)
                                .build(),
                        new ExpiryClock.Given(nanoTime),
                        new ValueForm.References(),
                        StatsCounter.withoutRates(),
                        false),
                InMemoryCacheBuilder.DEFAULT_VALUE_BYTES,
                "checked");
    }
}
