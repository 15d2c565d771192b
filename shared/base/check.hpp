#pragma once

#include <cstdio>
#include <cstdlib>

// A broken promise of our own code, on in release too: say where, and stop before anything wrong reaches the disk.
#define CHECK(condition)                                                        \
    do {                                                                        \
        if (!(condition)) ::hoso::check_failed(#condition, __FILE__, __LINE__); \
    } while (false)

namespace hoso {

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "hoso: broken promise: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace hoso
