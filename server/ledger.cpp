#include "server/ledger.hpp"

namespace hoso::server {
namespace {

// Events that may lie without their streams' index: those who wait for an answer go first, for a while.
constexpr std::size_t tidy_when_idle = 1024;
constexpr std::size_t tidy_when_busy = 64 * 1024;

constexpr auto full_disk_pause = std::chrono::seconds(1);

}  // namespace

Ledger::Ledger(Province& province, const run::Clock& clock, const Limits& limits, const Journal& journal, News news)
    : limits_(limits), news_(std::move(news)), clerk_(province, clock, limits, journal), newest_(clerk_.newest()) {
    thread_ = std::thread([this] { work(); });
}

Ledger::~Ledger() { stop(); }

void Ledger::identify(sync::server::Identify asked, Answer answer) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        questions_.push_back(Question{std::move(asked), std::move(answer)});
    }
    arrived_.notify_one();
}

void Ledger::store(Petition petition) {
    const std::size_t bytes = bytes_of(petition.push);
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    if (petitions_.size() >= limits_.waiting_pushes_max || waiting_bytes_ + bytes > limits_.waiting_bytes_max) {
        lock.unlock();
        petition.answer(sync::server::Refused{sync::ByeReason::busy, "Too many pushes wait; come back in a moment."});
        return;
    }
    waiting_bytes_ += bytes;
    petitions_.push_back(std::move(petition));
    lock.unlock();
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
bool Ledger::take(std::vector<Question>& questions, std::vector<Petition>& petitions) {
    std::unique_lock lock(mutex_);
    const auto ready = [this] { return stopping_ || !questions_.empty() || !petitions_.empty(); };
    if (clerk_.stuck()) {
        arrived_.wait_for(lock, full_disk_pause, ready);
    } else {
        arrived_.wait(lock, ready);
    }
    questions.swap(questions_);
    petitions.swap(petitions_);
    waiting_bytes_ = 0;
    return !stopping_ || !questions.empty() || !petitions.empty();
}

void Ledger::work() {
    std::vector<Question> questions;
    std::vector<Petition> petitions;
    while (take(questions, petitions)) {
        if (clerk_.stuck()) commit();
        for (const Question& question : questions) question.answer(clerk_.identify(question.asked));
        for (Petition& petition : petitions) {
            clerk_.admit(std::move(petition));
            if (clerk_.group_full()) commit();
        }
        commit();
        questions.clear();
        petitions.clear();
    }
}

void Ledger::commit() {
    const Position before = clerk_.newest().log_size;
    if (!clerk_.commit() || clerk_.newest().log_size == before) return;
    publish();
    news_(clerk_.newest());
    clerk_.tidy(idle() ? tidy_when_idle : tidy_when_busy);
}

bool Ledger::idle() const {
    const std::lock_guard lock(mutex_);
    return petitions_.empty();
}

void Ledger::publish() {
    const std::lock_guard lock(mutex_);
    newest_ = clerk_.newest();
}

}  // namespace hoso::server
