/** What tests need of the engine that its users do not. */
@NullMarked
package io.cacheport.aside;

import org.jspecify.annotations.NullMarked;
