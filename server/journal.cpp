#include "server/journal.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace hoso::server {

Journal::Journal(bool training)
    : logger_(std::make_shared<spdlog::logger>("hoso-server", std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
    logger_->set_pattern(training ? "%Y-%m-%dT%H:%M:%S%z %l TRAINING %v" : "%Y-%m-%dT%H:%M:%S%z %l %v");
    logger_->flush_on(spdlog::level::info);
}
Journal::~Journal() = default;

void Journal::note(std::string_view line) const { logger_->info(line); }
void Journal::warn(std::string_view line) const { logger_->warn(line); }
void Journal::fail(std::string_view line) const { logger_->error(line); }

}  // namespace hoso::server
