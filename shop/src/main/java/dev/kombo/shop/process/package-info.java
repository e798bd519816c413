/**
 * Processes that a command starts and ends with, and how long it waits for them: child JVMs, a watch on the parent,
 * waits that say what they wait for.
 */
package dev.kombo.shop.process;
