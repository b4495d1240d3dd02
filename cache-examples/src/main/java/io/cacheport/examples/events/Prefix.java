package io.cacheport.examples.events;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import java.util.function.Function;

/** What keys begin with, how long their values live, and whether nobody may read them in the store. */
enum Prefix {
    EVENT("event:", Lifetime.LONG, false),
    EVENT_LIST("event:list:", Lifetime.MEDIUM, false),
    USER("user:", Lifetime.EXTENDED, true),
    TICKET("ticket:", Lifetime.MEDIUM, false),
    PAYMENT("payment:", Lifetime.SHORT, true),
    GROUP_BUY("groupbuy:", Lifetime.MEDIUM, false),
    REFERRAL("referral:", Lifetime.LONG, false),
    ANALYTICS("analytics:", Lifetime.LONG, false),
    LEADERBOARD("leaderboard:", Lifetime.LONG, false);

    private final String text;
    private final Lifetime lifetime;
    private final boolean sensitive;

    Prefix(String text, Lifetime lifetime, boolean sensitive) {
        this.text = text;
        this.lifetime = lifetime;
        this.sensitive = sensitive;
    }

    /** All keys that begin so. */
    String pattern() {
        return text + "*";
    }

    /**
     * Values under keys that begin so.
     *
     * @param key what comes after the prefix
     */
    <K, V> Cache<K, V> view(CacheServicePort cache, TypeRef<V> type, Function<K, String> key) {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        CachePolicy policy = CachePolicy.ttl(lifetime.ttl());
        return Cache.named(text.substring(0, colon), type)
                .policy(sensitive ? policy.sensitive() : policy)
                .over(cache, one -> rest + key.apply(one));
    }
}
