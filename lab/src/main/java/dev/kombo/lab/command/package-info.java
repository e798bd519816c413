/**
 * The command lines of the lab: options, printed tables and JSON of demo, try, shop, replay, evaluate, tune, plan,
 * calibrate, simulate and bench, and the broker and service that some of them start in this process. What they compute
 * is in the other packages.
 */
package dev.kombo.lab.command;
