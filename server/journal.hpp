#pragma once

#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace hoso::server {

// The program's log lines, on stderr, from any thread. A training log says so on each.
class Journal {
public:
    explicit Journal(bool training);
    ~Journal();
    void note(std::string_view line) const;
    void warn(std::string_view line) const;
    void fail(std::string_view line) const;

private:
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace hoso::server
