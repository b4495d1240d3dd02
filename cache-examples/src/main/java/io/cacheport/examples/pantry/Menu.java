package io.cacheport.examples.pantry;

import java.util.List;
import java.util.Map;

/** What an organisation offers: the names of its items by category. */
public record Menu(String organizationId, Map<String, List<String>> itemsByCategory) {}
