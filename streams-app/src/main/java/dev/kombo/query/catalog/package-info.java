/** Items, bundles and suggestions: reading, changing, importing and approving them. */
package dev.kombo.query.catalog;
