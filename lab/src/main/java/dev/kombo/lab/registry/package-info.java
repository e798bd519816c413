/** A schema registry that runs in this process. */
package dev.kombo.lab.registry;
