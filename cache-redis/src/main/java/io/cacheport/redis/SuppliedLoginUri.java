package io.cacheport.redis;

import io.lettuce.core.RedisURI;

/**
 * A URI whose text leaves the login out. Lettuce's own asks for the credentials and waits for them just to put as many
 * asterisks into it, on whatever thread: that of the one who connects, or Netty's.
 */
final class SuppliedLoginUri extends RedisURI {

    private static final long serialVersionUID = 1L;

    static RedisURI of(RedisURI plain, SuppliedCredentials credentials) {
        SuppliedLoginUri uri = new SuppliedLoginUri();
        if (plain.getHost() != null) {
            uri.setHost(plain.getHost());
            uri.setPort(plain.getPort());
        }
        if (plain.getSentinelMasterId() != null) {
            uri.setSentinelMasterId(plain.getSentinelMasterId());
            uri.getSentinels().addAll(plain.getSentinels());
        }
        uri.setDatabase(plain.getDatabase());
        uri.setTimeout(plain.getTimeout());
        uri.setClientName(plain.getClientName());
        uri.applySsl(plain);
        uri.setCredentialsProvider(credentials);
        return uri;
    }

    @Override
    public String toString() {
        return "redis://" + (getSentinelMasterId() == null ? getHost() + ":" + getPort() : getSentinelMasterId());
    }
}
