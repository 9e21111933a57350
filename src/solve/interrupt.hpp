// Stopping early from outside. While an Interrupt lives, every check of a solver in its thread gives up as soon as the flag is
// set, as if its budget had run out: what is decided stays decided, the rest is not guessed. Who sets the flag (a signal, another
// thread) is the caller's business; without a flag nothing is ever interrupted.
#pragma once

#include <atomic>
#include <utility>

namespace onus::solve {

class Interrupt {
 public:
  explicit Interrupt(const std::atomic<bool>* flag) : before_(std::exchange(flag_, flag)) {}
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt() { flag_ = before_; }

  [[nodiscard]] static bool raised() { return flag_ != nullptr && flag_->load(std::memory_order_relaxed); }

 private:
  static inline thread_local const std::atomic<bool>* flag_ = nullptr;
  const std::atomic<bool>* before_;
};

}  // namespace onus::solve
