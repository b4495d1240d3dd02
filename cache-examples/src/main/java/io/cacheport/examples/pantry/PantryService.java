package io.cacheport.examples.pantry;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.CacheResult;
import io.cacheport.behind.BufferedCounters;
import io.cacheport.behind.WriteBehind;
import io.cacheport.events.Invalidation;
import io.cacheport.events.Invalidations;
import io.cacheport.examples.pantry.Order.Status;
import io.cacheport.key.KeySpace;
import io.cacheport.limit.Decision;
import io.cacheport.limit.RateLimit;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the pantry does. Thread-safe; close it before the cache. */
public final class PantryService implements AutoCloseable {

    private static final Duration MENU_TTL = Duration.ofMinutes(5);
    private static final Duration ACTIVE_ORDER_TTL = Duration.ofMinutes(10);
    private static final Duration COMPLETED_ORDER_TTL = Duration.ofHours(24);
    private static final KeySpace RATE = KeySpace.of("rate");

    private final PantryRepository repository;
    private final Cache<String, Menu> menus;
    private final Cache<Long, Item> items;
    private final Cache<Long, Order> orders;
    private final Invalidations rules;
    private final BufferedCounters views;
    private final RateLimit limit;

    /**
     * The pantry over a cache.
     *
     * @param itemUpdates told of each item that was changed, whichever process changed it
     */
    public PantryService(PantryRepository repository, CacheServicePort cache, Consumer<ItemUpdated> itemUpdates) {
        this.repository = repository;
        this.menus = Cache.named("menu", Menu.class)
                .policy(CachePolicy.ttl(MENU_TTL).staleWhileRevalidate(MENU_TTL))
                .over(cache);
        this.items = Cache.named("item", Item.class)
                .policy(CachePolicy.ttl(MENU_TTL))
                .over(cache);
        this.orders = Cache.named("order", Order.class)
                .policy(CachePolicy.ttl(ACTIVE_ORDER_TTL))
                .over(cache);
        this.rules = Invalidations.over(cache, "pantry")
                .on(
                        ItemUpdated.class,
                        "item:updated",
                        item -> Invalidation.keys(items.keyOf(item.itemId()), menus.keyOf(item.organizationId())))
                .on(
                        CategoryUpdated.class,
                        "category:updated",
                        category -> Invalidation.keys(menus.keyOf(category.organizationId())))
                .subscribe(ItemUpdated.class, "item:updated", itemUpdates::accept)
                .start();
        this.views = WriteBehind.named("item-views").counters(cache, repository::addViews);
        this.limit = RateLimit.of(cache).allow(100).per(Duration.ofMinutes(1));
    }

    /** The menu; one that is older than five minutes is served once more while it is loaded anew. */
    public Menu menu(String organizationId) {
        return menuResult(organizationId).value();
    }

    CacheResult<@Nullable Menu> menuResult(String organizationId) {
        return menus.lookup(organizationId, repository::menu);
    }

    /** An item, whose views this is one more of; null if there is none. */
    public @Nullable Item view(long itemId) {
        Item item = items.get(itemId, repository::findItem);
        if (item != null) {
            views.add(Long.toString(itemId), 1);
        }
        return item;
    }

    /** How often an item was looked at, what the database does not know yet included. */
    public long views(long itemId) {
        long pending = views.pending(Long.toString(itemId));
        return pending + repository.views(itemId);
    }

    /** Gives an item another name, and tells all processes. */
    public void renameItem(Item item, String name) {
        repository.renameItem(item.id(), name);
        rules.publish(new ItemUpdated(item.id(), item.organizationId()));
    }

    /** Gives a category another name, and tells all processes. */
    public void renameCategory(long categoryId, String organizationId, String name) {
        repository.renameCategory(categoryId, name);
        rules.publish(new CategoryUpdated(categoryId, organizationId));
    }

    /** A new order. */
    public Order order(long itemId) {
        Order order = repository.addOrder(itemId);
        orders.put(order.id(), order, order.version());
        return order;
    }

    /** Another status: first in the database, then in the cache, where an older one never follows a newer. */
    public Order updateOrder(long orderId, Status status) {
        Order order = repository.updateOrder(orderId, status);
        orders.put(order.id(), order, order.version());
        return order;
    }

    /** The order, or null; one that is completed is cached for a day. */
    public @Nullable Order findOrder(long orderId) {
        return orders.getWithContext(orderId, (id, load) -> {
            Order order = repository.findOrder(id);
            if (order != null) {
                load.version(order.version());
                load.ttl(order.status() == Status.COMPLETED ? COMPLETED_ORDER_TTL : ACTIVE_ORDER_TTL);
            }
            return order;
        });
    }

    /**
     * Lets a request pass, or not.
     *
     * @throws TooManyRequestsException above 100 a minute from an address for an organisation
     */
    public void enter(String organizationId, String address) {
        Decision decision = limit.tryAcquire(RATE.key(organizationId, address));
        if (!decision.isAllowed()) {
            throw new TooManyRequestsException(decision.retryAfter());
        }
    }

    /** Writes the views that wait; how many items that were. */
    long writeViews() {
        return views.drain();
    }

    /** Writes the views that wait, and listens no more. */
    @Override
    public void close() {
        views.close();
        rules.close();
    }
}
