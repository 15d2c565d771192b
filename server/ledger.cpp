#include "server/ledger.hpp"

namespace hoso::server {
namespace {

constexpr auto full_disk_pause = std::chrono::seconds(1);

}  // namespace

Ledger::Ledger(Province& province, const run::Clock& clock, const Limits& limits, const Journal& journal, News news)
    : limits_(limits),
      news_(std::move(news)),
      clerk_(province, clock, limits, journal,
             [this] {
                 const std::lock_guard lock(mutex_);
                 arrived_.notify_one();
             }),
      newest_(clerk_.newest()),
      tidied_(newest_.log_size) {
    thread_ = std::thread([this] { work(); });
}

Ledger::~Ledger() { stop(); }

void Ledger::identify(sync::server::Identify asked, Answer answer) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        waiting_.questions.push_back(Question{std::move(asked), std::move(answer)});
    }
    arrived_.notify_one();
}

void Ledger::store(Petition petition) {
    const std::size_t bytes = bytes_of(petition.push);
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    if (waiting_.petitions.size() >= limits_.waiting_pushes_max || waiting_bytes_ + bytes > limits_.waiting_bytes_max) {
        lock.unlock();
        petition.answer(sync::server::Refused{sync::ByeReason::busy, "Too many pushes wait; come back in a moment."});
        return;
    }
    waiting_bytes_ += bytes;
    waiting_.petitions.push_back(std::move(petition));
    lock.unlock();
    arrived_.notify_one();
}

void Ledger::file_stored(const log::FileId& file, std::function<void(Position)> told) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        waiting_.files.push_back(StoredFile{file, std::move(told)});
    }
    arrived_.notify_one();
}

sync::server::Grew Ledger::newest() const {
    const std::lock_guard lock(mutex_);
    return newest_;
}

void Ledger::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

// False once nothing waits and nothing more will come.
bool Ledger::take(Work& work) {
    std::unique_lock lock(mutex_);
    const auto ready = [this] { return stopping_ || clerk_.written() || !waiting_.empty(); };
    if (clerk_.stuck()) {
        arrived_.wait_for(lock, full_disk_pause, ready);
    } else {
        arrived_.wait(lock, ready);
    }
    std::swap(work, waiting_);
    waiting_bytes_ = 0;
    return !stopping_ || !work.empty();
}

void Ledger::work() {
    Work now;
    while (take(now)) {
        if (!now.questions.empty() || clerk_.stuck()) flush();
        for (const Question& question : now.questions) question.answer(clerk_.identify(question.asked));
        for (Petition& petition : now.petitions) {
            clerk_.admit(std::move(petition));
            advance();
        }
        for (StoredFile& stored : now.files) clerk_.file_stored(std::move(stored));
        advance();
        tidy_when_idle();
        now.questions.clear();
        now.petitions.clear();
        now.files.clear();
    }
    flush();
    tidy_when_idle();
    settle();
}

// Keeps the disk at work: with the group that is there when it has done the last one.
void Ledger::advance() {
    if (clerk_.writing() && !clerk_.written() && !clerk_.group_full()) return;
    if (settle()) clerk_.write();
}

// Answers what the disk was given, when it has done it. False while it has no room.
bool Ledger::settle() {
    const Position before = clerk_.newest().log_size;
    const bool done = clerk_.settle();
    if (clerk_.newest().log_size == before) return done;
    publish();  // before the answers: who has one finds it in newest()
    clerk_.answer();
    news_(clerk_.newest());
    return done;
}

// All that was admitted is durable and answered, unless the disk has no room.
void Ledger::flush() {
    settle();
    while (!clerk_.group_empty()) {
        clerk_.write();
        if (!clerk_.writing() || !settle()) return;
    }
}

// Only after something was logged.
void Ledger::tidy_when_idle() {
    const Position size = clerk_.newest().log_size;
    if (clerk_.writing() || size == tidied_ || !idle()) return;
    tidied_ = size;
    clerk_.tidy();
}

bool Ledger::idle() const {
    const std::lock_guard lock(mutex_);
    return waiting_.empty();
}

void Ledger::publish() {
    const std::lock_guard lock(mutex_);
    newest_ = clerk_.newest();
}

}  // namespace hoso::server
