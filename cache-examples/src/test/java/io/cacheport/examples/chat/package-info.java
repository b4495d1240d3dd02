@NullMarked
package io.cacheport.examples.chat;

import org.jspecify.annotations.NullMarked;
