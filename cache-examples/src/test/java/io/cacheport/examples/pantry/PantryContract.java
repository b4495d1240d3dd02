package io.cacheport.examples.pantry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.examples.pantry.Order.Status;
import io.cacheport.examples.support.Database;
import io.cacheport.examples.support.Story;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the pantry does, whichever cache it has. */
@Timeout(60)
abstract class PantryContract {

    /** Shared by all tests of a JVM, of which each has an organisation of its own. */
    private static final Database DATABASE = PantryRepository.startDatabase();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(DATABASE::close));
    }

    final PantryRepository repository = new PantryRepository(DATABASE);
    final String org = "org-" + System.nanoTime();
    final BlockingQueue<ItemUpdated> updates = new LinkedBlockingQueue<>();

    CacheServicePort cache;
    PantryService pantry;
    long bread;
    long rye;

    @SuppressWarnings("NullAway.Init") // JUnit calls begin before each test
    PantryContract() {}

    /** A cache without an entry. */
    abstract CacheServicePort emptyCache();

    /** Makes every entry so much older. */
    abstract void passTime(Duration time);

    /** The store goes away and does not come back in this test. */
    abstract void cacheGoesAway();

    @BeforeEach
    void begin() {
        cache = emptyCache();
        pantry = new PantryService(repository, cache, updates::add);
        bread = repository.addCategory(org, "Bread");
        rye = repository.addItem(bread, "Rye");
    }

    @AfterEach
    void end() {
        pantry.close();
        cache.close();
    }

    static void await(BooleanSupplier reached) {
        assertThat(Story.comesTrue(Duration.ofSeconds(10), reached))
                .as("reached within ten seconds")
                .isTrue();
    }

    private Item item() {
        return Objects.requireNonNull(pantry.view(rye));
    }

    @Test
    void theMenuIsLoadedOnce() {
        assertThat(pantry.menu(org).itemsByCategory()).isEqualTo(Map.of("Bread", List.of("Rye")));
        long before = DATABASE.queries();

        pantry.menu(org);

        assertThat(DATABASE.queries()).isEqualTo(before);
    }

    @Test
    void anOldMenuIsServedOnceMoreWhileItIsLoadedAnew() {
        pantry.menu(org);
        repository.addItem(bread, "Spelt");
        passTime(Duration.ofMinutes(6));

        assertThat(pantry.menuResult(org).origin()).isEqualTo(Origin.STALE);
        await(() -> pantry.menu(org).itemsByCategory().equals(Map.of("Bread", List.of("Rye", "Spelt"))));
    }

    @Test
    void aMenuOlderThanTenMinutesIsNotServed() {
        pantry.menu(org);
        repository.addItem(bread, "Spelt");
        passTime(Duration.ofMinutes(11));

        assertThat(pantry.menuResult(org).origin()).isEqualTo(Origin.LOADER);
        assertThat(pantry.menu(org).itemsByCategory()).isEqualTo(Map.of("Bread", List.of("Rye", "Spelt")));
    }

    @Test
    void anItemThatIsRenamedIsNewEverywhere() throws InterruptedException {
        pantry.menu(org);

        pantry.renameItem(item(), "Sourdough");

        assertThat(item().name()).isEqualTo("Sourdough");
        assertThat(pantry.menu(org).itemsByCategory()).isEqualTo(Map.of("Bread", List.of("Sourdough")));
        assertThat(updates.poll(10, TimeUnit.SECONDS)).isEqualTo(new ItemUpdated(rye, org));
    }

    @Test
    void aCategoryThatIsRenamedChangesTheMenu() {
        pantry.menu(org);

        pantry.renameCategory(bread, org, "Loaves");

        assertThat(pantry.menu(org).itemsByCategory()).isEqualTo(Map.of("Loaves", List.of("Rye")));
    }

    @Test
    void viewsAreWrittenBehindAndSeenAtOnce() {
        for (int i = 0; i < 20; i++) {
            item();
        }
        long queries = DATABASE.queries();
        assertThat(repository.views(rye)).isZero();
        assertThat(pantry.views(rye)).isEqualTo(20);

        assertThat(pantry.writeViews()).isEqualTo(1);

        assertThat(DATABASE.queries() - queries).isEqualTo(3); // two that ask, one that writes
        assertThat(repository.views(rye)).isEqualTo(20);
        assertThat(pantry.views(rye)).isEqualTo(20);
    }

    @Test
    void viewsAreWrittenAtTheEnd() {
        item();

        pantry.close();

        assertThat(repository.views(rye)).isEqualTo(1);
    }

    @Test
    void anOrderIsWrittenThrough() {
        Order order = pantry.order(rye);
        long before = DATABASE.queries();
        assertThat(pantry.findOrder(order.id())).isEqualTo(order);
        assertThat(DATABASE.queries()).isEqualTo(before);

        Order completed = pantry.updateOrder(order.id(), Status.COMPLETED);

        assertThat(pantry.findOrder(order.id())).isEqualTo(completed);
    }

    @Test
    void aCompletedOrderIsCachedForADay() {
        Order order = repository.updateOrder(repository.addOrder(rye).id(), Status.COMPLETED);
        pantry.findOrder(order.id());
        long before = DATABASE.queries();
        passTime(Duration.ofHours(20));

        assertThat(pantry.findOrder(order.id())).isEqualTo(order);
        assertThat(DATABASE.queries()).isEqualTo(before);
    }

    @Test
    void anAddressMayAskAHundredTimesAMinute() {
        for (int i = 0; i < 100; i++) {
            pantry.enter(org, "192.0.2.1");
        }
        pantry.enter(org, "192.0.2.2");

        assertThatThrownBy(() -> pantry.enter(org, "192.0.2.1")).isInstanceOf(TooManyRequestsException.class);
        passTime(Duration.ofMinutes(1));
        pantry.enter(org, "192.0.2.1");
    }

    @Test
    void withoutTheCacheEverythingGoesOn() {
        Order order = pantry.order(rye);
        cacheGoesAway();

        assertThat(pantry.menu(org).itemsByCategory()).isEqualTo(Map.of("Bread", List.of("Rye")));
        assertThat(item().name()).isEqualTo("Rye");
        assertThat(repository.views(rye)).as("written at once").isEqualTo(1);
        pantry.renameItem(item(), "Sourdough");
        assertThat(item().name()).isEqualTo("Sourdough");
        assertThat(pantry.updateOrder(order.id(), Status.COMPLETED).status()).isEqualTo(Status.COMPLETED);
        assertThat(Objects.requireNonNull(pantry.findOrder(order.id())).status())
                .isEqualTo(Status.COMPLETED);
        pantry.enter(org, "192.0.2.1");
    }
}
