package io.cacheport.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.topology.ClusterTopologyRefresh;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Lettuce's client, whose looks at the cluster can be stopped. Shutting down closes the connections that a look uses; it
 * then begins again with new ones, on threads that are gone by then, and Netty tells the user of it as an error.
 */
final class ClusterClient extends RedisClusterClient {

    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
    private volatile boolean stopped;

    ClusterClient(ClientResources resources, List<RedisURI> seeds) {
        super(resources, seeds);
    }

    /** Lettuce's own go through here too: the periodic ones, and those that a redirect or a lost connection asks for. */
    @Override
    public CompletionStage<Void> refreshPartitionsAsync() {
        CompletableFuture<?> over = new CompletableFuture<>();
        add(over); // before the flag is read, so that stop() either is seen here or sees this one
        return begin().handle((nothing, failure) -> {
            over.complete(null);
            if (failure != null && !stopped) {
                throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
            }
            return null;
        });
    }

    private synchronized void add(CompletableFuture<?> refresh) {
        underWay = CompletableFuture.allOf(underWay, refresh);
    }

    private CompletionStage<Void> begin() {
        try {
            return super.refreshPartitionsAsync();
        } catch (RuntimeException impossibleNow) {
            return CompletableFuture.failedFuture(impossibleNow);
        }
    }

    /** Asked again in the middle of a look: where the nodes it knew do not answer, it begins anew with those it was given. */
    @Override
    protected ClusterTopologyRefresh createTopologyRefresh() {
        ClusterTopologyRefresh made = super.createTopologyRefresh();
        return (seeds, connectTimeout, discovery) -> stopped
                ? CompletableFuture.completedFuture(Map.of())
                : made.loadViews(seeds, connectTimeout, discovery);
    }

    /** No look begins any more; completes when those under way are over. */
    CompletableFuture<?> stop() {
        stopped = true;
        suspendTopologyRefresh();
        return underWay;
    }
}
