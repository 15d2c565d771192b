#pragma once

#include <time.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "shared/base/result.hpp"

namespace hoso::bench {

class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// Of this thread: for what only computes, so that the neighbours count less. Reading it costs a microsecond.
class ProcessorWatch {
public:
    double seconds() const { return now() - start_; }

private:
    static double now() {
        timespec used{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
        return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
    }
    double start_ = now();
};

// A bench has no use for half a result: it says what failed and ends.
template <typename T>
T must(Result<T> result, const char* what) {
    if (!result) {
        std::fprintf(stderr, "bench: %s: %s\n", what, result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

inline void section(const char* title) { std::printf("\n%s\n", title); }
inline void rate(const char* name, double count, double seconds, const char* unit) {
    std::printf("  %-58s %12.0f %s/s   (%.0f in %.3f s)\n", name, count / seconds, unit, count, seconds);
}
inline void ratio(const char* name, double value, const char* goal) { std::printf("  %-58s %12.2f   %s\n", name, value, goal); }
inline void amount(const char* name, double value, const char* unit) { std::printf("  %-58s %12.1f %s\n", name, value, unit); }

}  // namespace hoso::bench
