/** Write-behind, tested on the in-memory adapter. */
@NullMarked
package io.cacheport.behind;

import org.jspecify.annotations.NullMarked;
