/** What web pages ask for: the tracker of a shop and the live view of offers. */
package dev.kombo.query.page;
