@org.jspecify.annotations.NullMarked
package io.cacheport.redis.codec;
