package io.cacheport.examples.events;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.examples.events.Event.Analytics;
import io.cacheport.examples.events.Event.Page;
import io.cacheport.examples.events.Event.Summary;
import io.cacheport.examples.events.Ticket.Payment;
import io.cacheport.examples.events.User.Referrer;
import java.util.List;

/** What is cached, and under which keys. */
record Views(
        Cache<Long, Event> events,
        Cache<Page, List<Summary>> feed,
        Cache<Long, User> users,
        Cache<Long, Ticket> tickets,
        Cache<Long, List<Ticket>> validTicketsOfUser,
        Cache<Long, List<Ticket>> newestTicketsOfEvent,
        Cache<Long, Payment> payments,
        Cache<Long, List<Payment>> paymentsOfUser,
        Cache<Long, GroupBuy> groupBuys,
        Cache<Long, Long> referrals,
        Cache<Long, Analytics> analytics,
        Cache<Integer, List<Referrer>> leaderboard) {

    static Views over(CacheServicePort cache) {
        return new Views(
                Prefix.EVENT.view(cache, TypeRef.of(Event.class), id -> "" + id),
                Prefix.EVENT_LIST.view(cache, new TypeRef<>() {}, Page::text),
                Prefix.USER.view(cache, TypeRef.of(User.class), id -> "" + id),
                Prefix.TICKET.view(cache, TypeRef.of(Ticket.class), id -> "" + id),
                Prefix.TICKET.view(cache, new TypeRef<>() {}, id -> "user:" + id + ":status:valid"),
                Prefix.TICKET.view(cache, new TypeRef<>() {}, id -> "event:" + id),
                Prefix.PAYMENT.view(cache, TypeRef.of(Payment.class), id -> "" + id),
                Prefix.PAYMENT.view(cache, new TypeRef<>() {}, id -> "user:" + id),
                Prefix.GROUP_BUY.view(cache, TypeRef.of(GroupBuy.class), id -> "" + id),
                Prefix.REFERRAL.view(cache, TypeRef.of(Long.class), id -> "" + id),
                Prefix.ANALYTICS.view(cache, TypeRef.of(Analytics.class), id -> "" + id),
                Prefix.LEADERBOARD.view(cache, new TypeRef<>() {}, top -> "referral:top" + top));
    }
}
