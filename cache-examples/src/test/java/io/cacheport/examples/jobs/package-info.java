@NullMarked
package io.cacheport.examples.jobs;

import org.jspecify.annotations.NullMarked;
